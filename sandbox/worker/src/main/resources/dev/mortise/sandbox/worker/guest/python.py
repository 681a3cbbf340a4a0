# What a script finds beside its language, and how Java speaks to it. The value of this source is a function; what it
# returns is called with a word and one value, and answers with tagged text. Python keeps nothing from a script that
# looks for it: what a script may do is decided in the server, and here only said well.
def set_up(log, ask, granted):
    import json
    import sys

    loads, dumps = json.loads, json.dumps
    script = sys.modules['__main__'].__dict__
    state = {'input': None, 'coroutine': None}

    class HostError(Exception):
        def __init__(self, code, message):
            super().__init__(message)
            self.code = code

    class Log:
        encoding = 'utf-8'
        errors = 'replace'

        def write(self, text):
            if not isinstance(text, str):
                raise TypeError('write() argument must be str, not ' + type(text).__name__)
            log(text)
            return len(text)

        def writelines(self, lines):
            for line in lines:
                self.write(line)

        def flush(self):
            pass

        def isatty(self):
            return False

        def writable(self):
            return True

        def readable(self):
            return False

    def called(name, arguments):
        reply = str(ask(name, dumps(arguments)))
        if reply[:1] == '+':
            return loads(reply[1:])
        code, _, message = reply[1:].partition(' ')
        raise HostError(code, message)

    class Missing:
        __slots__ = ('name',)

        def __init__(self, name):
            object.__setattr__(self, 'name', name)

        def __getattr__(self, name):
            if name.startswith('__'):
                raise AttributeError(name)
            return Missing(self.name + '.' + name)

        def __setattr__(self, name, value):
            raise AttributeError('host cannot be changed')

        def __call__(self, *arguments, **more):
            raise HostError('sandbox.not-granted', self.name + ' is not granted to this script')

    class Host:
        __slots__ = ('_name', '_members')

        def __init__(self, name, members):
            object.__setattr__(self, '_name', name)
            object.__setattr__(self, '_members', members)

        def __getattr__(self, name):
            if name.startswith('__'):
                raise AttributeError(name)
            found = self._members.get(name)
            return Missing(self._name + '.' + name) if found is None else found

        def __setattr__(self, name, value):
            raise AttributeError('host cannot be changed')

        def __contains__(self, name):
            return name in self._members

        def __dir__(self):
            return sorted(self._members)

    def host_of(name, names):
        members = {}
        for full, rest in names:
            first, dot, _ = rest.partition('.')
            if dot:
                members.setdefault(first, host_of(name + '.' + first, [
                    (f, r[len(first) + 1:]) for f, r in names if r.startswith(first + '.')]))
            else:
                members[first] = function_of(full)
        return Host(name, members)

    def function_of(name):
        def function(*arguments):
            return called(name, arguments)
        function.__name__ = function.__qualname__ = name
        return function

    names = loads(str(granted))
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Log()
    script['host'] = host_of('host', [(name, name) for name in names])
    script['HostError'] = HostError
    if 'fetch' in names:
        script['fetch'] = function_of('fetch')

    def result(value, most):
        try:
            text = dumps(value, ensure_ascii=False, allow_nan=False, separators=(',', ':'))
            if not text.isascii():
                try:
                    text.encode('utf-8')
                except UnicodeEncodeError:
                    text = dumps(value, separators=(',', ':'))
        except RecursionError:
            raise
        except (TypeError, ValueError) as error:
            return 'NThe result is not JSON: ' + message(error)
        return 'O' if len(text) > most else '+' + text

    def message(error):
        try:
            text = str(error)
        except BaseException:
            text = 'what was raised cannot be shown'
        name = type(error).__name__
        text = name + ': ' + text if text else name
        return text[:4000] + '…' if len(text) > 4000 else text

    own = called.__code__.co_filename

    def line_of(error):
        line = 0
        at = getattr(error, '__traceback__', None)
        while at is not None:
            # What is here has the same globals as the script.
            if at.tb_frame.f_globals is script and at.tb_frame.f_code.co_filename != own:
                line = at.tb_lineno
            at = at.tb_next
        return line

    def finish(value, most):
        if hasattr(value, 'send') and hasattr(value, 'cr_frame'):
            try:
                value.send(None)
            except StopIteration as end:
                return result(end.value, most)
            return 'U'
        return result(value, most)

    def run(step, value=None, most=0):
        step = str(step)
        if step == 'input':
            state['input'] = loads(str(value))
            script['input'] = state['input']
            return ''
        if step == 'call':
            return finish(value(state['input']), most)
        if step == 'value':
            return finish(script['result'] if 'result' in script else value, most)
        tag = 'H' if isinstance(value, HostError) else 'S' if isinstance(value, RecursionError) else 'T'
        return tag + str(line_of(value)) + ' ' + message(value)

    return run


set_up
