// OK "+\"forged\""
'+"forged"'
