"""Who a petitioner is: the sealed record, its checks, its masks, and the search for leaks.

Pure: nothing here opens a file or a seal. No function puts a personal value into a message,
and no record shows its values in ``repr``, so that a log can not give them away.
"""

from xinfang.identity.leaks import Leak, Leaks, Secret, secrets_among, secrets_of
from xinfang.identity.masks import (
    mask_address,
    mask_id_number,
    mask_name,
    mask_names,
    mask_phone,
    mask_unit,
)
from xinfang.identity.record import (
    Contact,
    Identity,
    Owner,
    SealedContent,
    examine,
    to_yaml,
)

__all__ = [
    "Contact",
    "Identity",
    "Leak",
    "Leaks",
    "Owner",
    "SealedContent",
    "Secret",
    "examine",
    "mask_address",
    "mask_id_number",
    "mask_name",
    "mask_names",
    "mask_phone",
    "mask_unit",
    "secrets_among",
    "secrets_of",
    "to_yaml",
]
