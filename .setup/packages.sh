#!/bin/sh
# Installs the Debian or Ubuntu packages that leafdeck and its tests use and that are missing.
# Usage: sh .setup/packages.sh runtime|development [PACKAGE...]
set -eu

# Elsewhere than on Debian and its kin the user sees to WeasyPrint's libraries.
command -v apt-get >/dev/null || exit 0

kind=$1
shift

subsetter=libharfbuzz-subset0
case $(. /etc/os-release && echo "$ID $VERSION_ID") in
    'ubuntu 22.04') subsetter='' ;; # it has none; WeasyPrint falls back on fontTools
esac

# What WeasyPrint loads.
packages="$* libpango-1.0-0 libpangoft2-1.0-0 $subsetter"

# What the tests open decks and leaflets with, and what builds ask for what was changed.
if [ "$kind" = development ]; then
    packages="$packages git libreoffice-impress poppler-utils
        fonts-liberation fonts-crosextra-carlito
        default-jre-headless libjaxb-java libjaxb-api-java"
fi

# shellcheck disable=SC2086 # the lists of packages are meant to split into words
present=$(dpkg-query --show --showformat ' ${Package} ${db:Status-Status} ' $packages 2>/dev/null) || :
missing=
for package in $packages; do
    case $present in
        *" $package installed "*) ;;
        *) missing="$missing $package" ;;
    esac
done
[ "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    echo "leafdeck needs system packages; run: sudo apt-get install -y$missing" >&2
    exit 1
fi

apt() {
    # shellcheck disable=SC2086
    output=$($as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -y -qq -o DPkg::Lock::Timeout=300 "$@" </dev/null 2>&1)
}

echo "leafdeck: installing the system packages$missing"
# shellcheck disable=SC2086
apt install --no-install-recommends $missing ||
    { apt update && apt install --no-install-recommends $missing; } ||
    {
        echo "$output" >&2
        echo "leafdeck needs system packages, and apt-get could not install them:$missing" >&2
        exit 1
    }
