#!/usr/bin/env bash
# Makes the machine and .venv ready for one of: run, window, check, build. Quick where all is done.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # without bytecode every start takes more than twice as long

offscreen=(libgl1 libegl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libglib2.0-0)
window=("${offscreen[@]}" libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1
    libxkbcommon-x11-0)
level=${1:?run, window, check or build}
case $level in
run) system=("${offscreen[@]}") requirements=(requirements.txt) ;;
window) system=("${window[@]}") requirements=(requirements.txt) ;;
check) system=("${window[@]}" strace xvfb xdotool poppler-utils libreoffice-calc-nogui python3-uno)
    requirements=(requirements.txt requirements-dev.txt) ;;
build)
    # The bundle takes Python's own shared library along; Debian keeps it apart.
    libpython=$(/usr/bin/python3 -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])' || true)
    system=("${window[@]}" binutils ${libpython:+"$libpython"})
    requirements=(requirements.txt requirements-build.txt)
    ;;
*) echo "unknown level: $level" >&2 && exit 2 ;;
esac

# The first Python that is new enough; a machine's own python3 may be an older one.
find_python() {
    local name
    for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do
        if "$name" -c "import sys; sys.exit(sys.version_info < (3, 11)$1)" 2>/dev/null; then
            echo "$name" && return
        fi
    done
    return 1
}
can_make_venv=' or not all(map(__import__("importlib.util").util.find_spec, ("venv", "ensurepip")))'
venv_usable() { .venv/bin/python -c "import pip, sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; }

missing=()
if command -v dpkg-query >/dev/null; then
    for package in "${system[@]}"; do
        # Newer releases add t64 to some names.
        states=$(dpkg-query -W -f '${db:Status-Abbrev} ' "$package" "${package}t64" 2>/dev/null || true)
        [[ $states == *ii* ]] || missing+=("$package")
    done
    venv_usable || find_python "$can_make_venv" >/dev/null || missing+=(python3-venv)
fi
if [ ${#missing[@]} -gt 0 ]; then
    install=(apt-get install -y --no-install-recommends "${missing[@]}")
    if [ "$(id -u)" -ne 0 ]; then
        echo "System packages are missing. Install them with this line, then run the command again:" >&2
        echo "sudo apt-get update && sudo ${install[*]}" >&2
        exit 1
    fi
    echo "Installing system packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null
    "${install[@]}" -qq </dev/null >/dev/null
fi

if ! venv_usable; then
    python=$(find_python "$can_make_venv") || {
        echo "Python 3.11 or newer with venv is needed." >&2
        exit 1
    }
    "$python" -m venv --clear .venv
fi

pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input install -q)
# once FILE OPTION...: pip install with these options, unless it was done for this state of the file.
once() {
    local stamp=.venv/installed-$1 wanted
    wanted=$(sha256sum <"$1")
    [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
    echo "Installing $1 into .venv"
    "${pip[@]}" "${@:2}"
    echo "$wanted" >"$stamp"
}
for file in "${requirements[@]}"; do
    once "$file" --require-hashes --only-binary :all: -r "$file"
done
once pyproject.toml --no-deps --no-index --no-build-isolation -e .
