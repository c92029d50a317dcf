# Shared by samples/run and tests/run: install what is missing, build a preset. To be sourced from the top folder.

say() { printf '%s\n' "$*"; }

# The packages of cmake/packages.txt for `core`, or for `all` (which includes core): "name sign" lines.
wanted_packages() {
    awk -v all="$([ "$1" = all ] && echo 1 || echo 0)" \
        '!/^#/ && NF == 3 && ($2 == "core" || all) {print $1, $3}' cmake/packages.txt
}

# Whether one of the signs "a|b" is there: a path, a command, or a header.
sign_is_there() {
    local sign
    for sign in ${1//|/ }; do
        sign=${sign#any:}
        if [ -e "$sign" ] || [ -e "/usr/include/$sign" ] || [ -e "/usr/local/include/$sign" ] ||
            command -v "$sign" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
    local name sign
    wanted_packages "$1" | while read -r name sign; do
        if command -v dpkg-query >/dev/null 2>&1; then
            [[ $sign == any:* ]] && sign_is_there "$sign" || installed "$name" || say "$name"
        else
            sign_is_there "$sign" || say "$name"
        fi
    done
}

# install_missing core|all: installs with apt what is not there, and prints it; stops with what to do where it cannot.
install_missing() {
    local names missing=() as_root=()
    names=$(missing_packages "$1") || return 1
    if [ -z "$names" ]; then
        say "All packages needed are there."
        return
    fi
    mapfile -t missing <<<"$names"
    if ! command -v apt-get >/dev/null 2>&1; then
        say "There is no apt-get here. Missing, by their Debian 12 names: ${missing[*]}" >&2
        say "Install them with this system's own means, then run this again." >&2
        return 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "Missing: ${missing[*]}" >&2
            say "Neither root nor sudo here: as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    say "Installing with apt: ${missing[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    if ! { "${as_root[@]}" "${apt[@]}" update >/dev/null &&
        "${as_root[@]}" "${apt[@]}" install --no-install-recommends "${missing[@]}" >/dev/null; }; then
        say "apt could not install: ${missing[*]}; see its message above" >&2
        return 1
    fi
}

# build PRESET [TARGET...]: configures, with $warnings if set, and builds; everything where no target is named.
build() {
    local preset=$1 target options=()
    shift
    for target in "$@"; do
        options+=(--target "$target")
    done
    if command -v ccache >/dev/null 2>&1; then
        export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
    fi
    say "Building preset $preset in build/$preset"
    cmake --preset "$preset" ${warnings:+"$warnings"} >/dev/null
    cmake --build --preset "$preset" "${options[@]}"
}
