"""Who lives where and what is known about them, as of a date. No rules, no scores."""

import os

os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1,oversize_threshold:0,dirty_decay_ms:2000")
# Set before Polars is loaded, whose allocator (jemalloc) reads it once: memory that one column leaves is kept
# for the next instead of being given back to the system and asked for again. A tenth of a large night's time.
