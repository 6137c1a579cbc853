"""Pages that customers and newcomers see. A GET here never records anything."""
