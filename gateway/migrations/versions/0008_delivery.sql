-- Branding, e-mail, reminders, share links.

select;
