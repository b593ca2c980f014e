"""Every member as a sample: one row for each place, day and member, as ViEWS keeps its draws."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from headlong.errors import BadRequest
from headlong.files import whole
from headlong.view.tables.outlook import arms_of, own_columns

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["write_samples"]


def write_samples(forecast: xr.Dataset, path: Path) -> str:
    """Write all members to a Parquet file, one row group a day; return what it holds.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast` or `headlong.what_if`.
    path : Path
        File to write.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise BadRequest(
            "Parquet needs pyarrow: pip install 'headlong[parquet]'. A .csv needs nothing."
        ) from None
    places, members = forecast.sizes["place"], forecast.sizes["member"]
    own = own_columns(forecast)
    schema = _schema(pa, forecast, own)

    def named(codes: np.ndarray, names: list[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), names)

    place = np.tile(np.arange(places), members)
    labels = {name: [str(v) for v in forecast[name].values] for name in own}
    count = 0
    with whole(path) as part, pq.ParquetWriter(part, schema, compression="zstd") as writer:
        for arm, one in arms_of(forecast):
            control = one["control"].transpose("member", "time", "place").values
            people = one["displaced"].transpose("member", "time", "place").values
            away = np.zeros((members, places), bool)
            for lead, day in enumerate(one["time"].values.astype("datetime64[D]")):
                away |= control[:, lead] != control[:, 0]
                columns = {
                    "place_id": named(place, [str(v) for v in forecast["place"].values]),
                    **{name: named(place, values) for name, values in labels.items()},
                    "date": pa.array(np.full(place.size, day)), "lead": np.full(place.size, lead, np.int16),
                    "draw": np.repeat(np.arange(members, dtype=np.int32), places),
                    "holder": named(control[:, lead].ravel(), [str(v) for v in forecast["side"].values]),
                    "changed": away.ravel(),
                    "displaced": people[:, lead].ravel().astype(np.int64),
                }  # fmt: skip
                if arm:
                    columns["arm"] = named(np.zeros(place.size, int), [arm])
                writer.write_table(pa.table({name: columns[name] for name in schema.names}, schema=schema))
                count += place.size
    return f"{count:,} rows: {members:,} members, {places} places"


def _schema(pa: Any, forecast: xr.Dataset, own: Sequence[str]) -> Any:
    """Columns and their types, with what the forecast is."""
    words = pa.dictionary(pa.int32(), pa.string())
    fields = [("arm", words), ("place_id", words), *((name, words) for name in own), ("date", pa.date32()),
              ("lead", pa.int16()), ("draw", pa.int32()), ("holder", words), ("changed", pa.bool_()),
              ("displaced", pa.int64())]  # fmt: skip
    about = {k: str(forecast.attrs.get(k, "")) for k in ("case", "title", "init", "seed", "version", "what")}
    return pa.schema(fields if "arm" in forecast.dims else fields[1:]).with_metadata(about)
