using Recollect.Conformance;

namespace Recollect.EndToEndTests.Wrapper;

/// <summary>
/// The wrapper in a folder of its own, with a stand-in for the SDK that publishes a script in no time: it prints its
/// folder and arguments, shows the variable that <c>STAND_IN_SHOW</c> names, and ends with the code that <c>STAND_IN_EXIT</c> holds.
/// </summary>
internal sealed class StandInCheckout : IDisposable
{
    private const string Sdk = """
        #!/usr/bin/env bash
        set -eu
        here=${BASH_SOURCE[0]%/*}
        if [[ $1 == --version ]]; then
          echo 10.0.100
          exit
        fi
        echo "$*" >>"$here/builds"
        while (($#)); do
          [[ $1 != -o ]] || folder=$2
          shift
        done
        mkdir -p "$folder"
        cp "$here/program" "$folder/Recollect.Cli"
        case ${STAND_IN_BUILD:-} in
          fails) echo "src/A.cs(1,1): error CS1002: ; expected" && exit 1 ;;
          blocks) touch "$folder/record" ;;
          plain) ! tail -n 1 "$here/builds" | grep -q PublishReadyToRun || exit 1 ;;
          dies)
            pid=$PPID wrapper=()
            while grep -qzx '.*/recollect' "/proc/$pid/cmdline"; do
              wrapper=("$pid" "${wrapper[@]}")
              pid=$(sed -n 's/^PPid:\t//p' "/proc/$pid/status")
            done
            kill -9 "${wrapper[@]}"
            ;;
        esac
        """;

    private const string Program = """
        #!/usr/bin/env bash
        printf '%s|' "$PWD" "$*" "${DOTNET_MultiCoreJitProfile##*/}" "${DOTNET_MultiCoreJitNoProfileGather:-}" "${STAND_IN_SHOW:-}" >>"${BASH_SOURCE[0]%/*}/starts"
        echo >>"${BASH_SOURCE[0]%/*}/starts"
        printf '%s\n' "$PWD" "$@"
        [[ -z ${STAND_IN_SHOW:-} ]] || printf '%s\n' "${!STAND_IN_SHOW}"
        exit "${STAND_IN_EXIT:-0}"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect wrapper ");

    public StandInCheckout()
    {
        foreach (var path in Repository.Files("eng").Append("recollect").Append("global.json"))
        {
            CopyFromRepository(path);
        }

        Write("src/A.cs", "one");
        Write("src/inner/B.cs", "two");
        Write("sdk/program", Program, isProgram: true);
        Write("sdk/dotnet", Sdk, isProgram: true);
    }

    public string Root => _folder.FullName;

    /// <summary>Gets the number of builds that were begun.</summary>
    public int Builds => File.Exists(PathOf("sdk/builds")) ? File.ReadLines(PathOf("sdk/builds")).Count() : 0;

    /// <summary>Gets how the program was started, a line each: where, with what, the record of starts and whether it is kept as it is, and what the caller's variable said.</summary>
    public IEnumerable<string[]> Starts => Directory.GetFiles(PathOf("artifacts/recollect"), "starts", SearchOption.AllDirectories).SelectMany(File.ReadLines).Select(line => line.Split('|'));

    public string PathOf(string path) => Path.Combine(Root, path);

    public void Write(string path, string text, bool isProgram = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text + "\n");
        if (isProgram)
        {
            Starter.MakeProgram(PathOf(path));
        }
    }

    public Task<ProcessResult> StartAsync(params string[] arguments) => StartAsync(PathOf("recollect"), Root, arguments);

    public Task<ProcessResult> StartAsync(string program, string workingFolder, params string[] arguments) =>
        Starter.RunAsync(program, workingFolder, arguments, Environment());

    public Task<ProcessResult> StartWithAsync(string name, string value, params string[] arguments)
    {
        var environment = Environment();
        environment[name] = value;
        return Starter.RunAsync(PathOf("recollect"), Root, arguments, environment);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Dictionary<string, string> Environment() =>
        new(StringComparer.Ordinal) { ["DOTNET_ROOT"] = PathOf("sdk"), ["CI"] = "true" };

    private void CopyFromRepository(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.Copy(Path.Combine(Repository.Root, path), PathOf(path));
    }
}
