using BenchmarkDotNet.Running;
using Recollect.Benchmarks;

return args switch
{
    ["whole-run", .. var rest] => await WholeRun.RunAsync(new Arguments(rest)),
    ["recall", .. var rest] => await RecallRun.RunAsync(new Arguments(rest)),
    ["embed-rate", .. var rest] => await EmbedRun.RunAsync(new Arguments(rest)),
    ["llm-rate", .. var rest] => await LlmRun.RunAsync(new Arguments(rest)),
    ["bot-turn", .. var rest] => await BotRun.RunAsync(new Arguments(rest)),
    ["vectors", .. var rest] => await VectorRun.RunAsync(new Arguments(rest)),
    ["pages", .. var rest] => await PagesRun.RunAsync(new Arguments(rest)),
    ["segment", .. var rest] => await SegmentRun.RunAsync(new Arguments(rest)),
    ["generate", var path, .. var rest] => WholeRun.Generate(path, new Arguments(rest)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(WholeRun).Assembly).Run(args).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0,
};
