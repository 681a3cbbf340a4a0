# SYNTAX
def main(:
