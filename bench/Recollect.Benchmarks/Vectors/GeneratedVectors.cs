using Recollect.Benchmarks.Chats;
using Recollect.Memorize.Embedding.Local;

namespace Recollect.Benchmarks.Vectors;

/// <summary>Vectors of generated messages and questions through the local embedder.</summary>
internal static class GeneratedVectors
{
    private const int Owners = 1_000;

    /// <summary>Writes a folder such as <see cref="VectorSet.Open"/> reads, unless it is there.</summary>
    public static async Task WriteAsync(string folder, int count, int dimensions, int queries)
    {
        if (File.Exists(Path.Combine(folder, "header.json")))
        {
            return;
        }

        using var embedder = new LocalEmbeddingGenerator(new() { Dimensions = dimensions });
        var chats = new ChatGenerator(new(Math.Max(Owners, count / 6), count, Owners));
        var questions = chats.Questions(queries).ToArray();
        var asked = (await embedder.GenerateAsync(questions)).Select(embedding => embedding.Vector).ToArray();
        VectorSet.Write(folder, "generated chats, local embedder", await VectorsAsync(chats, embedder, count), asked, Owners);
    }

    private static async Task<IReadOnlyList<ReadOnlyMemory<float>>> VectorsAsync(ChatGenerator chats, LocalEmbeddingGenerator embedder, int count)
    {
        var vectors = new List<ReadOnlyMemory<float>>(count);
        foreach (var batch in chats.Messages().Take(count).Select(message => message.Text).Chunk(1_000))
        {
            vectors.AddRange((await embedder.GenerateAsync(batch)).Select(embedding => embedding.Vector));
        }

        return vectors;
    }
}
