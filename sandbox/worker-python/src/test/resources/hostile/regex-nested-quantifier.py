# OK|CPU
import re
bool(re.match(r'(a+)+$', 'a' * 40 + '!'))
