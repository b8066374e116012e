using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Recollect.IntegrationTests.Servers;

/// <summary>A RabbitMQ server of this machine's own that is started when a test first asks for it, keeps its data through restarts, and listens on loopback only.</summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    public const string User = "worker";
    public const string Password = "pass:word/1";

    private const string Programs = "/usr/lib/rabbitmq/bin";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly int _port = PostgresServer.FreePort();
    private readonly int _tlsPort = PostgresServer.FreePort();
    private readonly int _distributionPort = PostgresServer.FreePort();
    private readonly int _epmdPort = PostgresServer.FreePort();
    private string? _folder;
    private ServerProcess? _epmd;
    private ServerProcess? _process;

    public string Url => $"amqp://{User}:{Uri.EscapeDataString(Password)}@127.0.0.1:{_port}";

    /// <summary>Gets an address with TLS whose certificate nobody trusts.</summary>
    public string TlsUrl => $"amqps://{User}:{Uri.EscapeDataString(Password)}@localhost:{_tlsPort}";

    private string Node => string.Create(CultureInfo.InvariantCulture, $"recollect_{_port}@localhost");

    private string[] Environment =>
    [
        "-i", $"PATH={System.Environment.GetEnvironmentVariable("PATH")}", "LANG=C.UTF-8", $"HOME={_folder}", "RUNNING_UNDER_SYSTEMD=1", // so that the script becomes the server
        $"RABBITMQ_NODENAME={Node}", $"RABBITMQ_CONFIG_FILE={_folder}/rabbitmq.conf", $"RABBITMQ_MNESIA_BASE={_folder}/data", $"RABBITMQ_LOG_BASE={_folder}/log",
        $"RABBITMQ_ENABLED_PLUGINS_FILE={_folder}/plugins", $"RABBITMQ_DIST_PORT={_distributionPort}", $"ERL_EPMD_PORT={_epmdPort}", "ERL_EPMD_ADDRESS=127.0.0.1",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
    ];

    /// <summary>Starts it, unless it runs.</summary>
    public async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_process is null)
            {
                await PrepareAsync();
                _process = await ServerProcess.StartAsync("env", [.. Environment, "bash", "-c", $"exec {Programs}/rabbitmq-server 1>&2"], line => line.Contains("Server startup complete", StringComparison.Ordinal));
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends it in order.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Ends it at once, whatever it does.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Lets it write at once what it writes within three minutes: where its quorum queues lie. Killed before, it loses the new ones.</summary>
    public Task SettleAsync() => ControlAsync("eval", "[dets:sync(Table) || Table <- dets:all()].");

    /// <summary>Runs <c>rabbitmqctl</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    public Task ControlAsync(params IEnumerable<string> arguments) => ServerProcess.RunAsync("env", [.. Environment, $"{Programs}/rabbitmqctl", "-q", "-n", Node, .. arguments]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_epmd is not null)
        {
            await _epmd.StopAsync("TERM");
            Directory.Delete(_folder!, recursive: true);
        }

        _gate.Dispose();
    }

    private async Task EndAsync(string signal)
    {
        if (_process is { } running)
        {
            _process = null;
            await running.StopAsync(signal);
        }
    }

    private async Task PrepareAsync()
    {
        if (_folder is not null)
        {
            return;
        }

        Required.Unless(File.Exists($"{Programs}/rabbitmq-server"), "RabbitMQ");
        _folder = Directory.CreateTempSubdirectory("recollect-rabbitmq-").FullName;
        await WriteCertificateAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{_port}
            listeners.ssl.1 = 127.0.0.1:{_tlsPort}
            ssl_options.certfile = {_folder}/certificate.pem
            ssl_options.keyfile = {_folder}/key.pem
            log.console = true
            log.console.level = info
            log.file = false
            default_user = {User}
            default_pass = {Password}

            """));
        _epmd = await ServerProcess.StartAsync("epmd", ["-port", _epmdPort.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1", "-debug"], line => line.Contains("epmd running", StringComparison.Ordinal));
    }

    private async Task WriteCertificateAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await File.WriteAllTextAsync(Path.Combine(_folder!, "certificate.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder!, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
