"""Work on other processes and machines, by way of Dask, which is imported only when it is asked for."""
