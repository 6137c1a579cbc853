"""What is remembered beside who used what: who meets whom, answers given in one sitting, how people
open and answer. Pure; held by `running_statistics.py`, bounded and dated like `usage_index.py`.
"""
