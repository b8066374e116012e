using System.Diagnostics;
using System.Globalization;

namespace Recollect.Benchmarks.Measuring;

/// <summary>Measures one part of a program: wall time, processor time of the process, and the peak of its memory.</summary>
internal sealed class Phase
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly long _allocated = GC.GetTotalAllocatedBytes();

    private Phase(string name) => Name = name;

    public string Name { get; }

    /// <summary>Starts measuring; the peak of memory is counted from here where the system allows it.</summary>
    public static Phase Start(string name)
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The peak of memory is that of the whole process: {ex.Message}");
        }

        return new(name);
    }

    /// <summary>Prints one row of the table.</summary>
    public void End(string remark)
    {
        var wall = Stopwatch.GetElapsedTime(_start);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime - _cpu;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Name,-24} | {wall.TotalSeconds,8:F2} | {cpu.TotalSeconds,8:F2} | {PeakMebibytes(),8} | {(GC.GetTotalAllocatedBytes() - _allocated) >> 20,9} | {remark} |"));
    }

    public static void PrintHead()
    {
        Console.WriteLine("| part                     | wall (s) |  CPU (s) | peak MiB | alloc MiB | |");
        Console.WriteLine("|--------------------------|---------:|---------:|---------:|----------:|---|");
    }

    private static long PeakMebibytes() =>
        File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.AsSpan(6).Trim()[..^3], CultureInfo.InvariantCulture) / 1024).FirstOrDefault();
}
