#!/usr/bin/env bash
# Provides what the tests need, builds without a warning, runs all tests and ends with "N passed, N failed".
#   ./test.sh [--full] [--without-browser] [FILTER…]    --full: the large sizes; --without-browser: all but the pages in a browser, which take three minutes;
#   FILTER: only tests whose full name has one of these words
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
cd "$root"
# shellcheck source=eng/packages.sh
source eng/packages.sh

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
results=$root/artifacts/test-results
passed=0 failed=0 skipped=0
filters=() without=()
limit=(timeout 15m) # a test that hangs ends its host, and is counted
for argument in "$@"; do
  case $argument in
    --full) export RECOLLECT_FULL=1 limit=() ;;
    --without-browser) without=(-namespace- Recollect.IntegrationTests.Web) ;;
    -*) say "usage: ./test.sh [--full] [--without-browser] [FILTER…]" && exit 2 ;;
    *) filters+=(-method "*$argument*") ;;
  esac
done

# Adds what a result file counts; a file that is missing or cut off means that the test host died.
count() {
  local name=$1 file=$2 status=$3 summary ran
  summary=$(grep -o '<assembly [^>]*>' "$file" 2>/dev/null || true)
  if [[ -z $summary ]] || ! grep -q '</assemblies>' "$file"; then
    say "$name: the test host ended (exit code $status) before it could say what it ran."
    failed=$((failed + 1))
    return
  fi
  ran=$(($(attribute passed) + $(attribute failed) + $(attribute skipped)))
  passed=$((passed + $(attribute passed)))
  failed=$((failed + $(attribute failed) + $(attribute errors)))
  skipped=$((skipped + $(attribute skipped)))
  if ((ran == 0 && ${#filters[@]} == 0)); then
    say "$name: no test was run."
    failed=$((failed + 1))
  elif ((status != 0 && $(attribute failed) + $(attribute errors) == 0 && ran > 0)); then
    say "$name: the test host ended with exit code $status although no test failed."
    failed=$((failed + 1))
  fi
}

attribute() {
  local value
  value=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$summary")
  printf '%s' "${value:-0}"
}

# Runs one project's tests; what they say goes to a file, because they run beside those of other projects.
run_project() {
  local name=$1
  "${limit[@]}" "artifacts/bin/$name/release/$name" -noLogo -noColor "${filters[@]}" "${without[@]}" -xml "$results/$name.xml" </dev/null >"$results/$name.log" 2>&1
}

# Builds the command as those who use it do: the tests start that one, some hundred times, and it starts faster.
provide_program() {
  ./recollect --version >/dev/null && RECOLLECT_PROGRAM=$root/artifacts/recollect/$(head -n 1 artifacts/recollect/stamp)/Recollect.Cli && export RECOLLECT_PROGRAM
}

run_all() {
  local project at status
  local names=() hosts=()
  for project in tests/*/*Tests.csproj; do # they wait for servers and processes more than they compute, and so do the threads of each
    names+=("$(basename "$project" .csproj)")
    run_project "${names[-1]}" &
    hosts+=($!)
  done
  say "Running ${names[*]} beside each other; what they say lies in ${results#"$root/"}/*.log while they run."
  for at in "${!hosts[@]}"; do
    status=0
    wait "${hosts[at]}" || status=$?
    printf '\n== %s\n' "${names[at]}"
    cat "$results/${names[at]}.log"
    count "${names[at]}" "$results/${names[at]}.xml" "$status"
  done
  if ((passed + failed + skipped == 0)); then
    say "No test has a name like that."
    failed=1
  fi
}

trap 'kill $(jobs -p) 2>/dev/null || true' EXIT # Ctrl-C ends what runs in the background, too
trap 'exit 130' INT TERM
rm -rf "$results" && mkdir -p "$results"
if provide_servers && { ((${#without[@]})) || provide_chromium; } && dotnet build Recollect.slnx -c Release -warnaserror -v quiet --disable-build-servers </dev/null && provide_program; then
  run_all
else
  failed=1
fi
printf '\n%d passed, %d failed%s\n' "$passed" "$failed" "$( ((skipped == 0)) || printf ', %d skipped' "$skipped")"
((failed == 0))
