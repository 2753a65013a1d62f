"""Notifications on change: by webhook, DingTalk, WeCom, Feishu and e-mail. See docs/schedules.md.

``scan_news`` says what changed, ``message`` puts it into words, ``channels`` gives each receiver its form,
``outbox`` keeps what has not arrived.
"""
