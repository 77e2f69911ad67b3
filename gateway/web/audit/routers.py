"""All pages of auditors."""

from gateway.web.audit import checking, entering, files, proving, searching, sets

routers = (
    entering.router,
    searching.router,
    sets.router,
    checking.router,
    files.router,
    proving.router,
)
