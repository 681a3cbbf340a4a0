# OK {"a":1}
import json
json.dumps = lambda *a, **k: '"forged"'
json.loads = lambda *a, **k: 'forged'
{'a': 1}
