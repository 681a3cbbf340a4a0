# OK true
import os
len([k for k in os.environ if k not in ('PATH', 'HOME', 'PYTHONHASHSEED')]) >= 0 and 'MORTISE' not in str(os.environ)
