"""Who lives where and what is known about them, as of a date. No rules, no scores."""

import os

# Read once, when Polars is loaded, by its allocator (jemalloc): memory that one column leaves is kept for the
# next one, not given back to the system and asked for again, which takes a tenth of a large night's time.
os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1,oversize_threshold:0,dirty_decay_ms:2000")
