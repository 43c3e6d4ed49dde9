"""A view that is drawn on, and the session that does what it wishes."""

from playground.training.templates import project_for


def on_stage(qtbot, session, view):
    """Show the view, and let the session do what is drawn on it."""
    qtbot.addWidget(view)
    view.resize(456, 600)
    view.show()
    qtbot.waitExposed(view)
    view.stroked.connect(lambda changes, stroke: session.edit(stroke=stroke, **changes))
    session.project_changed.connect(view.show_project)
    return view


def opened(qtbot, session, view, source):
    """Open a source and show it, map and all."""
    session.open_source(source, project_for)
    qtbot.waitUntil(lambda: session.poll() is not None and session.project is not None)
    refresh(session, view)


def refresh(session, view):
    """Show the newest snapshot, and what the view asks of it."""
    session.poll()
    snapshot = session.snapshot
    view.show_snapshot(snapshot)
    for result in view.probe(snapshot).compute(snapshot):
        view.show_result(snapshot, result)
