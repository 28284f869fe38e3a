namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>Queries of alerts, the workbook and the query pack ask only for what the app tells.</summary>
public sealed class QueryTests
{
    [QueryFact]
    public void Every_query_is_understood_and_asks_for_what_the_app_exports()
    {
        var problems = MonitoringModule.Read.SelectMany(query => QueryRules.Problems(query.Value).Select(problem => $"{query.Key}: {problem}"));

        Assert.Empty(problems);
        Assert.InRange(MonitoringModule.Read.Count, 40, 100);
    }

    [QueryFact]
    public void Every_query_asks_for_columns_and_says_by_name_what_it_is_about()
    {
        Assert.All(MonitoringModule.Read, query => Assert.NotEmpty(query.Value.Columns));
        Assert.All(MonitoringModule.Read, query => Assert.NotEmpty(query.Value.Results));
    }

    [QueryFact]
    public void Planted_mistakes_are_found()
    {
        (string Query, string Mistake)[] planted =
        [
            ("AppMetrics | where Nome == 'affinity.runs'", "Nome"),
            ("AppMetrics | where Name == 'affinity.runs' | summarize Sums", "Sums"),
            ("AppMetrics | where Name == 'affinity.walks'", "affinity.walks"),
            ("AppMetrics | where Name in ('affinity.runs', 'affinity.walks')", "affinity.walks"),
            ("AppMetrics | where Name == 'affinity.runs' | project tostring(Properties['affinity.result'])", "affinity.result"),
            ("AppMetrics | where Name == 'affinity.runs' | project tostring(Properties['affinity.code'])", "affinity.code"),
            ("AppMetrics | where Name == 'affinity.runs' | extend Outcome = tostring(Properties['affinity.outcome']) | where Outcome == 'Fialed'", "Fialed"),
            ("AppMetrics | where Name == 'affinity.runs' | summarize Runs = sum(Sum) by Outcome = tostring(Properties['affinity.outcome']) | where Outcome in ('Failed', 'Fialed')", "Fialed"),
            ("AppTraces | where Properties['EventId'] == '1999'", "1999"),
            ("AppTraces | where Properties['EventId'] == '1010' | project Properties['Outcome']", "Outcome"),
            ("AppTraces | where Properties['CategoryName'] startswith 'AffinityDurble.'", "AffinityDurble."),
            ("AppTraces | where Properties['EventId'] == '1001' | project ResultCode", "ResultCode"),
            ("AppDependencies | where Name == 'affinity.call' and ResultCode == '418'", "418"),
            ("AppDependencies | where Name == 'affinity.source' | project ResultCode", "ResultCode"),
            ("AppDependencies | where Name == 'affinity.call' | project Properties['http.request.method']", "http.request.method"),
            ("AppSomething | count", "AppSomething"),
        ];

        var read = Kusto.Read(planted.ToDictionary(one => one.Query, one => one.Query));

        Assert.All(planted, one => Assert.Contains(
            QueryRules.Problems(read[one.Query]),
            problem => problem.Contains($"'{one.Mistake}'", StringComparison.Ordinal) || problem.Contains($".{one.Mistake} ", StringComparison.Ordinal)));
    }

    [QueryFact]
    public void What_an_alert_splits_by_and_measures_is_in_its_result()
    {
        Assert.All(MonitoringModule.Alerts, alert =>
        {
            var results = MonitoringModule.Read[$"alert {alert.ShortName}"].Results;
            Assert.All(alert.Dimensions, column => Assert.Contains(results, result => result.Name == column && result.Type == "string"));
            Assert.True(alert.Measure is null || results.Any(result => result.Name == alert.Measure && result.Type is "real" or "long"), alert.Measure);

            // With a column of this name, Azure Monitor would evaluate the result by slices of time.
            Assert.DoesNotContain(results, result => result.Name == "TimeGenerated");
        });
    }

    [QueryFact]
    public void Every_file_of_queries_is_used()
    {
        var used = MonitoringModule.Queries.Values.ToList();

        Assert.All(Repository.Paths("infra/monitoring/queries", "*.kql"), path =>
        {
            var text = Repository.Text(path);
            Assert.StartsWith("// ", text, StringComparison.Ordinal);
            Assert.True(used.Exists(query => query.StartsWith(text, StringComparison.Ordinal)), $"{path} is used by nothing.");
        });
    }
}
