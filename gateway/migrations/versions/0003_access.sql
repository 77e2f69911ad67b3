-- Who may do what: users, memberships, invitations, links, sessions, activity.

select;
