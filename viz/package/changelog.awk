# Makes Debian's changelog of the newest version in CHANGELOG.md:
#     awk -f changelog.awk -v package=tcpsm -v version=0.1.0 -v contact="NAME <MAIL>" -v date="DATE" CHANGELOG.md

BEGIN {
    print package " (" version ") unstable; urgency=medium\n"
}

/^## / { ++versions }
versions != 1 || /^(## |$)/ { next }

/^### / { end_change(); print (changes ? "\n" : "") "  [ " substr($0, 5) " ]" }
/^- /   { end_change(); change = substr($0, 3); ++changes }
/^  /   { change = change " " substr($0, 3) }

END {
    end_change()
    print "\n -- " contact "  " date
}

# A line is at most 80 columns wide, which Debian asks for.
function end_change(    words, n, i, line)
{
    if (change == "") return
    n = split(change, words, " ")
    line = "  *"
    for (i = 1; i <= n; ++i) {
        if (length(line) + 1 + length(words[i]) > 80) {
            print line
            line = "   "
        }
        line = line " " words[i]
    }
    print line
    change = ""
}
