"""How documents reach people: pages in the sender's look, e-mail, reminders, links to share."""
