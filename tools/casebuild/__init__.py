"""From a folder of sourced facts to a case folder."""
