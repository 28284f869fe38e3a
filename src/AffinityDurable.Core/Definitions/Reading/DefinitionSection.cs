using System.Text.RegularExpressions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>The root of a definition.</summary>
internal static partial class DefinitionSection
{
    private const int LargestCanary = 1000;
    private static readonly TimeSpan LongestRecheck = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestApproval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestApproval = TimeSpan.FromDays(30);

    public static SyncDefinition Read(MapReader root, string fileName, SourceTypes types)
    {
        var defaults = new SyncDefinition { Sync = "", ListId = 0, Sources = [], Match = [], Fields = [] };
        var sources = SourcesSection.Read(root, types);
        var definition = defaults with
        {
            File = fileName,
            Sync = Name(root),
            ListId = ListId(root),
            Sources = sources,
            Match = MatchSection.Read(root),
            Scope = ScopeSection.Read(root.Map("scope")),
            Fields = FieldsSection.Read(root, sources),
            Schedule = ScheduleSection.Read(root.Map("schedule")),
            OnNewEntry = root.Flag("onNewEntry", defaults.OnNewEntry),
            OnField = OnFieldSection.Read(root),
            MinuteSharePercent = root.Integer("minuteShare", defaults.MinuteSharePercent, 1, 100),
            MaxParallelBatches = root.Integer("maxParallelBatches", defaults.MaxParallelBatches, 1, 32),
            RecheckAfter = root.Duration("recheckAfter", defaults.RecheckAfter, TimeSpan.Zero, LongestRecheck),
            TimeZone = root.TimeZone("timeZone", defaults.TimeZone),
            State = root.Word("state", defaults.State),
            Approval = root.Word("approval", defaults.Approval),
            ApprovalTimeout = root.DurationIfGiven("approvalTimeout", ShortestApproval, LongestApproval),
            Canary = root.Integer("canary", defaults.Canary, 0, LargestCanary),
            Verify = root.Word("verify", defaults.Verify),
            Health = HealthSection.Read(root.Map("health")),
            Stamp = StampSection.Read(root.Map("stamp"), sources),
            Guards = GuardsSection.Read(root.Map("guards")),
            TolerateRejects = TolerateSection.Read(root.Map("tolerate")),
        };
        root.Close();
        return definition;
    }

    private static string Name(MapReader root)
    {
        if (root.Text("sync", required: true) is not { } text)
        {
            return "";
        }

        if (!SyncName().IsMatch(text.Value))
        {
            root.Report(DefinitionErrors.BadSyncName, $"'{text.Value}' cannot be the name of a sync.", text);
        }

        return text.Value;
    }

    /// <summary>The list, by id or address; 0 when it is neither.</summary>
    public static long ListId(MapReader root)
    {
        if (root.Text("list", required: true) is not { } text)
        {
            return 0;
        }

        if (!ListAddress.TryParse(text.Value, out var listId, out var problem))
        {
            root.Report(DefinitionErrors.BadList, $"'list' names no list: {problem}.", text);
        }

        return listId;
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?\z", RegexOptions.None, 1000)]
    private static partial Regex SyncName();
}
