"""An object store of Amazon's kind (S3, MinIO, Ceph, Garage) as Django's storage of files. See docs/adr/0018."""

import tempfile
from datetime import timedelta

import obstore
from django.core.files import File
from django.core.files.storage import Storage
from obstore import delete as remove
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

IN_MEMORY = 8 * 1024 * 1024
PIECE = 1024 * 1024
PARTS_AT_ONCE = 3
NO_SUCH_FILE = "<Code>NoSuchKey</Code>"


class StoreError(OSError):
    """The store could not be asked, or refused."""


class ObjectStorage(Storage):
    """Files under their names in one bucket, encrypted on the way; a name that is there is written over.

    What is read comes into a temporary file first: those who read seek in it. The store is opened at the first use, in
    the process that uses it.
    """

    def __init__(self, bucket, endpoint, region, key, secret):
        self._store = S3Store(
            bucket,
            endpoint=endpoint,
            region=region,
            access_key_id=key,
            secret_access_key=secret,
            virtual_hosted_style_request=False,
            disable_bulk_delete=True,
            client_options={"allow_http": endpoint.startswith("http://"), "timeout": "300s", "read_timeout": "20s"},
            # A store that hangs must not hold those who wait for it for minutes.
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=30)},
        )

    def _save(self, name, content):
        content.seek(0)
        with _told():
            obstore.put(self._store, name, content.file, chunk_size=PIECE * 8, max_concurrency=PARTS_AT_ONCE)
        return name

    def _open(self, name, mode="rb"):
        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
        try:
            with _told():
                for piece in obstore.get(self._store, name).stream(min_chunk_size=PIECE):
                    file.write(piece)
        except OSError:
            file.close()
            raise
        file.seek(0)
        return File(file, name=name)

    def get_available_name(self, name, max_length=None):
        return name

    def delete(self, name):
        with _told():
            remove(self._store, name)


class _told:  # noqa: N801 - reads as a word
    """The store's own errors as those that files have."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        """Not found is also what a store says that has no such bucket, and what a wrong address says: only its own word
        that the file is not there makes a file lost.
        """
        if isinstance(error, NotFoundError | FileNotFoundError) and NO_SUCH_FILE in str(error):
            raise FileNotFoundError(str(error)[:200]) from error
        if isinstance(error, BaseError | FileNotFoundError):
            raise StoreError(" ".join(str(error).partition("Debug source:")[0].split())[:600]) from error
        return False
