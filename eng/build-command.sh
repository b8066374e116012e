# Builds the command. Sourced by ./recollect, and only when there is something to build; standard output belongs to the
# program, so everything here goes to standard error or to the log.

# shellcheck source=eng/packages.sh
source "$root/eng/packages.sh"

log=$state/build.log

fail() {
  say "$@"
  exit 2 # wrong use or configuration, as the program itself says it
}

# Builds unless another process did so while this one waited for the lock.
build_once() {
  mkdir -p "$state" 2>/dev/null && [[ -w $state ]] ||
    fail "recollect: $state cannot be written, so the program cannot be built there. Change its owner or build it as one who may."
  {
    if command -v flock >/dev/null; then
      flock 9
    fi
    is_fresh || build
  } 9>"$state/lock"
}

build() {
  local dotnet next old began=$state/began
  find_dotnet
  provide_sqlite || fail "recollect: nothing was built."
  say "Building Recollect (once)…"
  : >"$began"
  next=app-$$-$SECONDS-$RANDOM
  publish "$state/$next" || fail "recollect: the build failed; the whole log is in $log"
  record_start "$state/$next"
  printf '%s\n' "$next" "${dotnet%/*}" >"$stamp.next"
  touch -r "$began" "$stamp.next"
  old=$(head -n 1 "$stamp" 2>/dev/null || true)
  mv -f "$stamp.next" "$stamp"
  remove_older_than "$next" "$old"
  is_fresh || true # reads the stamp; sources that changed meanwhile are for the next start
}

# Sets dotnet to the SDK that global.json asks for, or says what is missing.
find_dotnet() {
  local wanted candidate have=
  wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
  for candidate in "${DOTNET_ROOT:-}/dotnet" "$(type -P dotnet || true)" "${HOME:-}/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    if [[ -x $candidate ]]; then
      dotnet=$(readlink -f -- "$candidate")
      sdk --version &>/dev/null && return
      have=$("$dotnet" --list-sdks 2>/dev/null | sed 's/ .*//' | paste -sd ' ')
    fi
  done
  fail "recollect: the .NET SDK $wanted or a later 10.0 is needed; this machine has ${have:-none}." \
    "Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
}

# Runs the SDK in the repository, with a home of its own for a user who has none, as services do.
sdk() (
  cd "$root"
  if [[ ! -d ${HOME:-} || ! -w $HOME ]]; then
    export HOME=$state/home
    mkdir -p "$HOME"
  fi
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  "$dotnet" "$@" </dev/null
)

# Publishes into a folder: compiled ahead of time for a quick start, or plainly where that cannot be.
publish() {
  local folder=$1 rid
  case $(uname -m) in
    x86_64 | amd64) rid=linux-x64 ;;
    aarch64 | arm64) rid=linux-arm64 ;;
    *) rid= ;;
  esac
  : >"$log"
  if [[ -n $rid ]] && run_publish "$folder" -r "$rid" -p:PublishReadyToRun=true; then
    return
  fi
  rm -rf "$folder"
  run_publish "$folder" && return
  rm -rf "$folder"
  grep -E '(error|warning) ' "$log" | sort -u | head -n 20 >&2 || tail -n 20 "$log" >&2
  return 1
}

# Compiles in a place of its own, so that it does not meet a build that a developer runs at the same time, and leaves no
# build server behind. Warnings and analyzers are for the tests' build, whatever SDK is here.
run_publish() {
  local folder=$1
  shift
  sdk publish src/Recollect.Cli/Recollect.Cli.csproj -c Release --self-contained false "$@" \
    --artifacts-path "$state/build" -o "$folder" -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false \
    -p:GenerateDocumentationFile=false --disable-build-servers >>"$log" 2>&1
}

# Records what .NET compiles when the program starts and recalls, for a second core to do it ahead at each later start.
# Knows nothing of the caller's settings, and touches nothing but the program's folder. Without a record a start is slower, nothing else.
record_start() {
  local program=$1 work=$1/record
  (
    recorded=(env -i "HOME=$work" "DOTNET_ROOT=${dotnet%/*}" "DOTNET_MultiCoreJitProfile=$program/start")
    mkdir "$work" && cd "$work" &&
      "${recorded[@]}" DOTNET_MultiCoreJitNoProfileGather=1 "$program/Recollect.Cli" backfill --from "$root/samples/chats" &&
      "${recorded[@]}" "$program/Recollect.Cli" recall "Where do I live now?" --user dana
  ) </dev/null >>"$log" 2>&1 || true
  rm -rf "$work"
}

# Keeps what was just built and what it replaces, which may still be running.
remove_older_than() {
  local folder
  for folder in "$state"/app-*; do
    [[ ${folder##*/} == "$1" || ${folder##*/} == "$2" ]] || rm -rf "$folder"
  done
}
