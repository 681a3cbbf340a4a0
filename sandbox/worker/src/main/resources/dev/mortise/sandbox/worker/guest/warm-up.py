def main(input):
    return input
####
print('ü', [1])
host.state.get('k')
####
import json, re, math, datetime, collections, itertools, functools, random, string, statistics, decimal, base64, hashlib
def main(input):
    class A:
        @property
        def x(self): return 1
    try:
        raise ValueError('no')
    except ValueError as e:
        text = f'{e!r:>10}'
    with decimal.localcontext(): pass
    return [A().x, text, re.sub(r'(\d)', r'<\1>', 'a1'), json.dumps({'a': [1.5, None]}), [x * 2 for x in range(3)], {k: v for k, v in zip('ab', 'cd')}, sorted([3, 1]), math.sqrt(2), str(datetime.datetime(2026, 11, 21)), collections.Counter('aab').most_common(1), random.random() < 2, hashlib.sha256(b'x').hexdigest(), 2 ** 100]
####
raise TypeError('no')
####
def main(:
####
host.nothing.there(1)
####
import asyncio, csv, io, uuid, html, textwrap, copy, heapq, bisect, struct, enum, dataclasses, typing, operator, urllib.parse, time, secrets, fractions, hmac, calendar, unicodedata, zlib
1
####
async def main(input): return {1, 2}
####
def f(): f()
f()
