# NOT_JSON
{1, 2}
