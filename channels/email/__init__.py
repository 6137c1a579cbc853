"""Email over SMTP: one connection a batch, a stable Message-ID, one-click unsubscribe."""
