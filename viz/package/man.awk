# Makes a man page of what a program prints for --help, so that the two cannot differ:
#     tcpsm run --help | awk -f man.awk -v name="tcpsm run" -v version=0.1.0 -v date=2026-01-31 -v also="tcpsm tcpsm-viz"
# With -v data=/usr/share/tcpsm the page names the files that are installed there, too. The help is CLI11's:
#
#     What the program does
#     Usage: tcpsm run [OPTIONS] FILE
#
#     Options:
#       --output FILE                   Write to a file
#
#     Examples:
#       tcpsm run lost-final-ack
#
# A heading becomes a section; an indented line a term and its text, where there are two columns, else a paragraph.

{ lines[++count] = $0 }

END {
    text_column = column_of_texts()
    page = name
    gsub(/ /, "-", page)
    print ".TH " plain(toupper(page)) " 1 \"" date "\" \"tcpsm " version "\" \"User Commands\""
    print ".SH NAME\n" plain(page) " \\- " text(summary(lines[1]))
    for (i = 1; lines[i] !~ /^Usage:/; ++i) description = description (i > 1 ? " " : "") lines[i]
    sub(/^Usage: */, "", lines[i])
    print ".SH SYNOPSIS\n" synopsis(lines[i])
    print ".SH DESCRIPTION\n" text(sentence(description))
    while (++i <= count) {
        show(lines[i])
        after_blank = lines[i] == ""
    }
    end_example()
    if (data != "") show_files()
    show_also()
}

# ---- the parts of a page ---------------------------------------------------------------------------------------------

function show(line)
{
    if (line == "") {
        end_example()
    } else if (line ~ /^[A-Z].*:$/) {
        end_example()
        section = toupper(substr(line, 1, length(line) - 1))
        if (section == "SUBCOMMANDS") section = "COMMANDS"
        print ".SH " text(section)
    } else if (section == "EXAMPLES" && line ~ /^ /) {
        if (!in_example) print ".nf"
        in_example = 1
        print ".B \"" quoted(plain(trimmed(line))) "\""
    } else {
        show_entry(line)
    }
}

function show_entry(line,    width)
{
    width = width_of_term(line)
    if (width == 0 && line ~ /^ *$|^          /) { # goes on with the text of the term before it
        print text(trimmed(line))
        return
    }
    if (width == 0) {
        print (line ~ /^ / || after_blank ? ".PP\n" : "") text(trimmed(line))
        return
    }
    print ".TP\n" term(trimmed(substr(line, 1, width)))
    if (trimmed(substr(line, width + 1)) != "") print text(trimmed(substr(line, width + 1)))
}

function end_example()
{
    if (in_example) print ".fi"
    in_example = 0
}

function show_files()
{
    print ".SH FILES"
    print ".TP\n.I " plain(data) "/scenarios\nThe scenarios that come with tcpsm; \\fBtcpsm list\\fR shows them."
    print ".TP\n.I " plain(data) "/claims\nThose that put a claim to the test, for \\fBtcpsm claims\\fR."
    print ".TP\n.I " plain(data) "/schemas\nJSON Schemas of scenarios, for editors, and of JSON output, for programs."
}

function show_also(    pages, n, j)
{
    n = split(also, pages, " ")
    if (n > 0) print ".SH SEE ALSO"
    for (j = 1; j <= n; ++j) print ".BR " plain(pages[j]) " (1)" (j < n ? "," : "")
}

# ---- the two columns -------------------------------------------------------------------------------------------------

# Every program has --help, whose text begins where those of all options do.
function column_of_texts(    j)
{
    for (j = 1; j <= count; ++j)
        if (lines[j] ~ /^ *-h, ?--help +[^ ]/) {
            match(lines[j], /--help +/)
            return RSTART + RLENGTH
        }
    return 31
}

# How wide the left column of a line is; 0 where it has none.
function width_of_term(line)
{
    if (section ~ /^(OPTIONS|ARGUMENTS|COMMANDS)$/) {
        if (substr(line, 1, text_column - 1) ~ /^ *$/) return 0
        return substr(line, text_column - 1, 1) == " " ? text_column - 1 : length(line)
    }
    if (line ~ /^  [^ ]/ && match(line, /[^ ]   *[^ ]/)) return RSTART
    return 0
}

# ---- roff ------------------------------------------------------------------------------------------------------------

# What is typed is bold; what it stands for is in capitals, and becomes italic.
function term(words,    parts, n, j, result)
{
    if (section == "COMMANDS") return ".BR tcpsm\\-" plain(words) " (1)"
    if (section !~ /^(OPTIONS|ARGUMENTS)$/) return ".B " text(words)
    n = split(words, parts, " ")
    for (j = 1; j <= n; ++j)
        result = result (j > 1 ? " " : "") (parts[j] ~ /^-|[|]/ && parts[j] !~ /^[A-Z]/ ? "\\fB" : "\\fI") \
            plain(parts[j]) "\\fR"
    return result
}

function synopsis(words,    parts, n, j, result)
{
    n = split(words, parts, " ")
    for (j = 1; j <= n; ++j)
        result = result (j > 1 ? " " : "") (parts[j] ~ /^[a-z]/ ? "\\fB" : "\\fI") plain(parts[j]) "\\fR"
    return result
}

# Running text: `tcpsm list` is bold, and options keep their hyphens, also when they are copied.
function text(words,    parts, n, j, result)
{
    n = split(words, parts, "`")
    for (j = 1; j <= n; ++j)
        result = result (j % 2 == 1 ? plain(parts[j]) : "\\fB" plain(parts[j]) "\\fR")
    return result
}

function plain(words)
{
    gsub(/\\/, "\\e", words)
    gsub(/-/, "\\-", words)
    return words ~ /^[.']/ ? "\\&" words : words
}

function quoted(words)
{
    gsub(/"/, "\\(dq", words)
    return words
}

function trimmed(words)
{
    gsub(/^ +| +$/, "", words)
    return words
}

# The line that `whatis` shows begins in lower case, but where it begins with a name.
function summary(line)
{
    sub(/\.$/, "", line)
    return line ~ /^[A-Z][a-z]/ || line ~ /^A / ? tolower(substr(line, 1, 1)) substr(line, 2) : line
}

function sentence(words) { return words ~ /\.$/ ? words : words "." }
