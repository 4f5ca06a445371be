"""The only room that opens sealed files: age (X25519) by pyrage, any number of recipients.

A sealed file is ``sealed/<year>/<case>.age``; it opens with the ordinary ``age`` program, and
what that program encrypts opens here. The key is a file outside the register.
"""

from xinfang.sealed.box import (
    BadRecipientError,
    MissingSealError,
    NoRecipientsError,
    WrongKeyError,
    open_box,
    open_content,
    reseal_all,
    seal_box,
    sealed_file,
    sealed_files,
    write_sealed,
)
from xinfang.sealed.keys import (
    BrokenKeyError,
    KeyExistsError,
    MissingKeyError,
    create_key,
    key_file,
    keys_for,
    load_keys,
    public_keys,
)
from xinfang.sealed.recipients import (
    NoSuchRecipientError,
    RecipientExistsError,
    with_recipient,
    without_recipient,
)

__all__ = [
    "BadRecipientError",
    "BrokenKeyError",
    "KeyExistsError",
    "MissingKeyError",
    "MissingSealError",
    "NoRecipientsError",
    "NoSuchRecipientError",
    "RecipientExistsError",
    "WrongKeyError",
    "create_key",
    "key_file",
    "keys_for",
    "load_keys",
    "open_box",
    "open_content",
    "public_keys",
    "reseal_all",
    "seal_box",
    "sealed_file",
    "sealed_files",
    "with_recipient",
    "without_recipient",
    "write_sealed",
]
