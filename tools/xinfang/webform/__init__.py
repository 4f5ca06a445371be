"""The registration form of the browser as data: fields, sentences, choices, no second copy.

The page (``site_templates/theme/assets/intake``) knows no field and no sentence by itself. What
it asks comes from the JSON Schemas of a case and of sealed information, what it says from the
model and the rules: each is asked what it would say about a wrong value, and the page says that.
"""

from xinfang.webform.data import ADDRESSES, script
from xinfang.webform.shape import LEAVES, fields_of

__all__ = ["ADDRESSES", "LEAVES", "fields_of", "script"]
