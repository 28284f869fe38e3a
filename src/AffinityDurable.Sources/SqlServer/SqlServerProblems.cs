using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.SqlServer;

/// <summary>A failure of the driver or the server.</summary>
/// <param name="Number">The error number of SQL Server; 0 or below from the driver.</param>
/// <param name="Severity">From 20 up the connection is gone.</param>
/// <param name="Message">What the server says; may quote a cell.</param>
/// <param name="IsCertificate">Whether the certificate was refused.</param>
internal sealed record SqlServerFault(int Number, byte Severity, string Message, bool IsCertificate);

/// <summary>What failures of SQL Server mean. Its messages are passed on only where they speak of the text of the query.</summary>
internal static class SqlServerProblems
{
    private const int TimedOut = -2;
    private const byte ConnectionGone = 20;

    /// <summary>Of a failure to connect.</summary>
    public static Problem WhenConnecting(SqlServerFault fault, string connection) => fault switch
    {
        { IsCertificate: true } => Problem.Of(
            DatabaseErrors.CertificateNotTrusted,
            $"Connection '{connection}': the certificate of the server is not signed by an authority that this machine trusts, or is for another host.",
            "Install the authority's certificate on this machine, or set HostNameInCertificate of the connection; TrustServerCertificate=true encrypts without checking who answers."),
        { Number: 18452 or 18456 or 18470 or 18486 or 18487 or 18488 } => Problem.Of(DatabaseErrors.LoginRefused, $"SQL Server refuses the login of connection '{connection}' (error {fault.Number})."),
        { Number: 911 or 4060 } => Problem.Of(DatabaseErrors.DatabaseMissing, $"SQL Server does not open the database of connection '{connection}' (error {fault.Number})."),
        _ => Problem.Of(DatabaseErrors.Unreachable, $"Connection '{connection}' to SQL Server cannot be opened (error {fault.Number})."),
    };

    /// <summary>Of a failure of the query.</summary>
    public static Problem WhenReading(SqlServerFault? fault) => fault switch
    {
        null or { Severity: >= ConnectionGone } or { Number: 0 or -1 or 64 or 233 or 596 or 10053 or 10054 or 10060 } =>
            Problem.Of(DatabaseErrors.ConnectionLost, $"The connection to SQL Server ended before the last row{(fault is null ? "" : $" (error {fault.Number})")}."),
        { Number: TimedOut or 1222 } => Problem.Of(DatabaseErrors.TimedOut, $"SQL Server gave no answer in time (error {fault.Number})."),
        { Number: 229 or 230 or 916 } => Problem.Of(DatabaseErrors.NotPermitted, $"SQL Server says: {fault.Message}"),
        { Number: 3906 or 3908 } => Problem.Of(DatabaseErrors.WriteRefused, $"SQL Server refused to write (error {fault.Number})."),
        { Number: 102 or 103 or 104 or 105 or 107 or 109 or 116 or 137 or 141 or 145 or 156 or 170 or 195 or 201 or 205 or 207 or 208 or 209 or 319 or 4104 or 4121 or 8120 or 8155 } =>
            Problem.Of(DatabaseErrors.QueryRefused, $"SQL Server says: {fault.Message}"),
        _ => Problem.Of(DatabaseErrors.QueryFailed, $"SQL Server ended the query with error {fault.Number}."),
    };
}
