"""A signed webhook to one's own gateway: for WhatsApp, WeChat, LINE and whatever comes next."""
