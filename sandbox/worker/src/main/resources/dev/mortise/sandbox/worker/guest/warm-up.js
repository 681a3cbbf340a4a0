function main(input) { return input; }
////
async function main(input) { await null; return { input, at: host.state.get('k'), got: await fetch('x') }; }
////
function main() { console.log('ü', { a: 1 }, [1], new Error('x'), 1n, undefined); console.error('e'.repeat(600)); return 1; }
////
function main( { broken
////
function main() { throw new TypeError('no'); }
////
throw 'text';
////
host.nothing.at.all(1);
////
function main() { const a = {}; a.a = a; return a; }
////
function main() { return { a: 10n }; }
////
function main() { return 'x'.repeat(5000); }
////
function main() { return new Promise(() => {}); }
////
async function main() { throw new Error('late'); }
////
function deep(n) { return n === 0 ? 0 : 1 + deep(n - 1); }
deep(1000);
////
function deep() { try { return deep(); } catch (e) { return deep(); } }
deep();
////
class A { #x = 1; static s = 2; get x() { return this.#x; } set x(v) { this.#x = v; } }
class B extends A { constructor(...a) { super(...a); } *[Symbol.iterator]() { yield* [1, 2, 3]; } }
const { x, ...others } = { x: 1, y: 2, z: 3 };
label: for (const v of new B()) { if (v > 2) break label; switch (v) { case 1: continue; default: void 0; } }
let i = 0; do { i++; } while (i < 3); for (const k in { a: 1 }) { i += k.length; }
[...'añ😀'].map((c) => c.codePointAt(0)).filter(Boolean).reduce((a, b) => a + b, 0);
[3, 1, 2].sort((a, b) => a - b).toSorted().flat().at(-1); Object.entries({ a: 1 }).flatMap((e) => e); Object.groupBy([1, 2], (n) => n % 2 ? 'o' : 'e');
new Map([[1, 2]]).forEach((v, k) => v + k); new Set([1]).union(new Set([2])); new WeakMap().set({}, 1); new WeakRef({}).deref();
const p = new Proxy({}, { get: (t, k) => k }); p.any; Reflect.ownKeys(p); Symbol('s').toString(); tagged`a${1}b`; function tagged(s, v) { return s.raw[0] + v; }
(function* () { try { yield 1; } finally { void 0; } })().next(); (async function* () { yield 1; })().next();
eval('1 + 1'); new Function('a', 'return a')(1); globalThis.x2 = 1; delete globalThis.x2; with ({ q: 1 }) { q; }
try { null.x; } catch (e) { e.stack; } try { undefinedName; } catch { } try { eval('}'); } catch { } try { JSON.parse('{'); } catch { } try { decodeURIComponent('%'); } catch { } try { new Array(-1); } catch { } try { 'a'.repeat(-1); } catch { } try { BigInt('x'); } catch { } try { Symbol() + ''; } catch { } try { import('x').catch(() => 0); } catch { }
Promise.allSettled([Promise.resolve(1), Promise.reject(new Error('x'))]); Promise.race([1]); Promise.any([Promise.reject(1)]).catch((e) => e.errors);
////
const r = [/^(\d{4})-(?<m>\d\d)/u.exec('2026-11'), 'a-b-c'.replace(/-(.)/g, (_, c) => c.toUpperCase()), 'x1y2'.match(/\d/g), [...'a1b2'.matchAll(/(\w)(\d)/g)], /(?<=a)b\1*()/iu.test('ab'), /(a)\1/.test('aa'), 'ß'.toUpperCase(), 'I'.toLocaleLowerCase('tr'), 'é'.normalize('NFD'), 'a,b'.split(/,/), /\p{L}/u.test('ü'), /[\p{L}--[a-z]]/v.test('ü'), 'a'.localeCompare('b', 'de'), 'x'.padStart(3), ' x '.trim(), 'abc'.search(/c/y), /./s.flags, new RegExp('a+?b*', 'gimsuy').source];
r;
////
const at = new Date(Date.UTC(2026, 10, 21, 12)); const o = [];
for (const l of ['en', 'ar']) { o.push(new Intl.DateTimeFormat(l, { dateStyle: 'full', timeStyle: 'long', timeZone: 'Europe/Berlin' }).format(at), new Intl.NumberFormat(l, { style: 'currency', currency: 'EUR' }).format(1234.5)); }
for (const f of [() => new Intl.DateTimeFormat('en', { timeZone: 'America/New_York', month: 'long' }).formatToParts(at), () => new Intl.PluralRules('pl').select(2), () => new Intl.RelativeTimeFormat('de').format(-1, 'day'), () => new Intl.ListFormat('en').format(['a', 'b']), () => new Intl.Collator('sv').compare('a', 'ä'), () => [...new Intl.Segmenter('en', { granularity: 'word' }).segment('a b')], () => new Intl.DisplayNames('en', { type: 'region' }).of('DE'), () => new Intl.Locale('de-DE').maximize().toString(), () => Intl.getCanonicalLocales('EN-us'), () => (1234.5).toLocaleString('de'), () => at.toLocaleDateString('fr'), () => at.toString(), () => new Date('2026-11-21T10:00:00+02:00').toISOString(), () => Date.parse('Nov 21, 2026'), () => at.getTimezoneOffset(), () => Intl.supportedValuesOf('currency').length, () => new Intl.NumberFormat('en', { notation: 'compact', style: 'unit', unit: 'kilobyte' }).format(12345), () => new Intl.NumberFormat('de', { style: 'percent' }).format(0.5)]) { try { o.push(f()); } catch (e) { o.push(String(e)); } }
o.length;
////
const big = []; for (let n = 0; n < 60; n++) { big.push({ id: n, name: 'n' + n, tags: ['a', 'b'], value: n / 3, nested: { ok: true, none: null } }); }
const text = JSON.stringify(big, null, 1); JSON.parse(text, (k, v) => v); structured(big).length; function structured(v) { return JSON.parse(JSON.stringify(v)); }
Math.random() + Math.hypot(3, 4) + Math.sin(1) + Math.fround(1.5) + Math.clz32(1) + 2 ** 0.5 + parseFloat('1.5') + parseInt('ff', 16) + Number('0x10') + (0.1).toFixed(3).length + (1e21).toPrecision(3).length + (255).toString(36).length + Number.MAX_SAFE_INTEGER;
2n ** 100n + BigInt.asUintN(64, -1n) * 3n / 7n % 11n << 2n; (12345678901234567890n).toString(16);
new Uint8Array([1, 2, 3]).map((v) => v * 2).buffer.slice(1); new DataView(new ArrayBuffer(8)).setFloat64(0, 1); Float32Array.from([1]).subarray(0); new BigInt64Array(2).fill(1n); encodeURIComponent('ü€'); escape('ü'); btoaLike('x'); function btoaLike(s) { return s.charCodeAt(0).toString(2); }
