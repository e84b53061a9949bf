"""The catalogue: what the law says about each service item, and everything that follows from it.

Five words: *item* (事项, one department's service), *thing* (一件事, several items that belong together in life), *fact* (one
data element such as ``child.birth_date``), *material* (what must be shown, with its satisfiers), *plan* (what one family or
enterprise gets, fills in, hands in and waits for). Doors: ``commands.publish``, ``queries``, ``api``, ``entrance`` (content
check), and the pure functions of ``logic`` that the rooms above call with a compiled thing.
"""
