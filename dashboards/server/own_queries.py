"""What somebody asked in SQL Lab is theirs.

Superset answers about a statement by its number to whoever may use SQL Lab: as the source of a chart, as samples. It
is run by the account of who asks, so that it gives no row of others; but its text may name what its
author sees. So the statements of others are not there for readers, whichever way they are looked for."""

from flask import g, has_request_context
from sqlalchemy import event
from sqlalchemy.orm import with_loader_criteria


def keep_to_oneself(is_reader):
    from superset import db
    from superset.models.sql_lab import Query

    def narrow(state):
        # Other tables first: to know who asks, Superset reads its own.
        if not state.is_select or Query not in {mapper.class_ for mapper in state.all_mappers}:
            return
        user = getattr(g, "user", None) if has_request_context() else None
        if is_reader(getattr(user, "username", None)):
            state.statement = state.statement.options(
                with_loader_criteria(Query, Query.user_id == user.id, include_aliases=True)
            )

    event.listen(db.session.session_factory, "do_orm_execute", narrow)
