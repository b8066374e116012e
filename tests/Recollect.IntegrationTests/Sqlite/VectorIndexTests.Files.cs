using Recollect.Connectors.Sqlite.Memories;
using Recollect.Connectors.Sqlite.Memories.Vectors;
using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.IntegrationTests.Sqlite;

/// <summary>Files that are damaged, of others, or not to be had, and what is forgotten.</summary>
public sealed partial class VectorIndexTests
{
    [Fact]
    public async Task Cut_anywhere_or_with_any_byte_changed_a_file_misleads_nobody_and_is_made_again()
    {
        var (store, kept) = await FilledAsync(300);
        store.Dispose();
        var path = Assert.Single(VectorFiles());
        var whole = await File.ReadAllBytesAsync(path, None);
        var random = new Random(5);
        int[] lengths = [0, 1, 300, 600, VectorFormat.Start - 1, VectorFormat.Start, VectorFormat.Start + 10, whole.Length / 2, whole.Length - 1];
        int[] bytes = [0, 9, 30, 60, 256, 512, 530, 1_030, VectorFormat.Start, VectorFormat.Start + 9, VectorFormat.Start + 100, .. Enumerable.Range(0, 40).Select(_ => random.Next(VectorFormat.Start, whole.Length))];
        foreach (var damaged in lengths.Select(length => whole[..length]).Concat(bytes.Select(at => Changed(whole, at))))
        {
            await File.WriteAllBytesAsync(path, damaged, None);
            var next = _stores.Open(_folder.Path);
            await AssertExactAsync(next, kept.Values, Me, random);
            Assert.False(await IsBehindAsync(next, Mine));
            Assert.True((await next.DiagnoseAsync(None)).Healthy);
            next.Dispose();
        }
    }

    [Fact]
    public async Task A_damaged_file_is_found_by_the_doctor()
    {
        var (store, _) = await FilledAsync(300);
        var path = Assert.Single(VectorFiles());
        await File.WriteAllBytesAsync(path, Changed(await File.ReadAllBytesAsync(path, None), VectorFormat.Start + 5_000), None);
        var diagnosis = await store.DiagnoseAsync(None);
        Assert.False(diagnosis.Healthy);
        Assert.Contains(path, diagnosis.Finding, StringComparison.Ordinal);
        Assert.Contains("Delete it", diagnosis.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_owner_or_of_another_database_is_not_used()
    {
        var (store, kept) = await FilledAsync(300);
        for (var number = 0; number < 300; number++)
        {
            await store.UpsertAsync(Record($"other{number}", Other, new Random(number)), [], None);
        }

        await AssertExactAsync(store, [], new() { User = "nobody" }, new Random(1));
        Assert.NotEmpty(await store.SearchAsync(Visibility.Of(Other), Unit(new Random(3)), 5, None));
        var files = VectorFiles().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, files.Length);
        store.Dispose();
        File.Copy(files[1], files[0], overwrite: true);
        var next = _stores.Open(_folder.Path);
        await AssertExactAsync(next, kept.Values, Me, new Random(2));
        next.Dispose();

        foreach (var database in Directory.GetFiles(_folder.Path, "memories.db*"))
        {
            File.Delete(database);
        }

        var again = _stores.Open(_folder.Path); // the same keys, other vectors
        var remade = await FillAsync(again, 300, seed: 77);
        await AssertExactAsync(again, remade.Values, Me, new Random(4));
    }

    [Fact]
    public async Task An_older_copy_of_the_database_is_answered_from_and_then_covered()
    {
        var (store, kept) = await FilledAsync(300);
        store.Dispose();
        var copy = await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "memories.db"), None);
        store = _stores.Open(_folder.Path);
        await FillAsync(store, 500, seed: 9);
        _ = await store.SearchAsync(Mine, Unit(new Random(1)), 5, None);
        store.Dispose();
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "memories.db"), copy, None);

        var older = _stores.Open(_folder.Path);
        await AssertExactAsync(older, kept.Values, Me, new Random(2));
        var grown = new Dictionary<string, MemoryRecord>(kept, StringComparer.Ordinal);
        foreach (var (id, record) in await FillAsync(older, 350, seed: 12))
        {
            grown[id] = record;
        }

        await AssertExactAsync(older, grown.Values, Me, new Random(3));
        Assert.False(await IsBehindAsync(older, Mine));
    }

    [Fact]
    public async Task Where_no_file_can_be_made_the_answers_are_the_same()
    {
        await File.WriteAllTextAsync(Files, "a file where the folder should be", None);
        var store = _stores.Open(_folder.Path);
        var kept = await FillAsync(store, 400, seed: 1);
        await AssertExactAsync(store, kept.Values, Me, new Random(1));
        Assert.True((await store.DiagnoseAsync(None)).Healthy);
        Assert.Equal(400, (await store.ForgetAsync(Owner.DefaultTenant, Me.User, None)).Memories);
    }

    [Fact]
    public async Task A_full_disk_leaves_the_answers_as_they_are()
    {
        var store = _stores.Open(_folder.Path);
        store.Vectors.Step = static () => throw new IOException("No space left on device");
        var kept = await FillAsync(store, 400, seed: 1);
        await AssertExactAsync(store, kept.Values, Me, new Random(1));
        Assert.Empty(VectorFiles());
    }

    /// <summary>The memory stands by then: told as a failure it would be counted as one, and as made by the next run.</summary>
    [Fact]
    public async Task A_database_that_is_busy_while_a_file_is_caught_up_fails_no_memory()
    {
        var store = _stores.Open(_folder.Path);
        var refused = 0;
        store.Vectors.Step = () =>
        {
            refused++;
            throw new MemoryStoreException("The database is locked.", isTransient: true);
        };
        var kept = await FillAsync(store, 400, seed: 1);
        Assert.NotEqual(0, refused);
        await AssertExactAsync(store, kept.Values, Me, new Random(1));
    }

    [Fact]
    public async Task What_is_forgotten_is_in_no_file_neither_the_users_own_nor_a_shared_one()
    {
        var store = _stores.Open(_folder.Path);
        var shared = new Owner { User = Me.User, Scope = "departmental" };
        var othersShared = shared with { User = Other.User };
        var random = new Random(3);
        var forgotten = new List<MemoryRecord>();
        for (var number = 0; number < 300; number++)
        {
            forgotten.Add(Record($"mine{number}", Me, random));
            forgotten.Add(Record($"shared{number}", shared, random));
            await store.UpsertAsync(forgotten[^2], [], None);
            await store.UpsertAsync(forgotten[^1], [], None);
            await store.UpsertAsync(Record($"others{number}", othersShared, random), [], None);
        }

        using var reader = _stores.Open(_folder.Path); // another process, which has the files open
        foreach (var visibility in new[] { Mine, Visibility.Of(shared) })
        {
            _ = await store.SearchAsync(visibility, Unit(random), 5, None);
            _ = await reader.SearchAsync(visibility, Unit(random), 5, None);
        }

        Assert.Equal(2, VectorFiles().Length);
        Assert.All(VectorFiles(), path => Assert.Contains(path, Holding(forgotten), StringComparer.Ordinal));
        await File.WriteAllBytesAsync(VectorFiles()[0] + ".new", QuantizedVector.Encode(forgotten[0].Chunks[0].Vector.Span), None); // what a kill left
        await File.AppendAllTextAsync(VectorFiles()[1], "what a kill left beyond the last commit", None);

        Assert.Equal(600, (await store.ForgetAsync(Owner.DefaultTenant, Me.User, None)).Memories);

        Assert.Single(VectorFiles());
        Assert.Empty(Holding(forgotten));
        Assert.Empty(DatabaseFiles.Holding(_folder.Path, "what a kill left"));
        Assert.Equal(300, (await reader.SearchAsync(Visibility.Of(shared), Unit(random), 1_000, None)).Count);
        Assert.Empty(await reader.SearchAsync(Mine, Unit(random), 1_000, None));
        Assert.True((await reader.DiagnoseAsync(None)).Healthy);
    }

    [Fact]
    public async Task Forgetting_that_was_killed_while_it_cleaned_the_files_is_completed_by_the_next_call()
    {
        var (store, kept) = await FilledAsync(300, new() { User = Me.User, Scope = "departmental" });
        await store.UpsertAsync(Record("others", Other with { Scope = "departmental" }, new Random(99)), [], None);
        store.Vectors.Step = static () => throw new IOException("Killed.");
        var error = await Assert.ThrowsAsync<MemoryStoreException>(async () => await store.ForgetAsync(Owner.DefaultTenant, Me.User, None));
        Assert.Contains("again", error.Message, StringComparison.Ordinal);
        store.Dispose();

        await _stores.Open(_folder.Path).ForgetAsync(Owner.DefaultTenant, Me.User, None);

        Assert.Empty(Holding(kept.Values));
    }

    // The files that hold the code of one of the memories.
    private string[] Holding(IEnumerable<MemoryRecord> records)
    {
        byte[][] codes = [.. records.Select(record => QuantizedVector.Encode(record.Chunks[0].Vector.Span))];
        return [.. VectorFiles().Concat(Directory.GetFiles(_folder.Path, "memories.db*")).Where(path =>
        {
            var bytes = File.ReadAllBytes(path);
            return Array.Exists(codes, code => bytes.AsSpan().IndexOf(code) >= 0);
        })];
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        byte[] changed = [.. bytes];
        changed[at] ^= 0x41;
        return changed;
    }
}
