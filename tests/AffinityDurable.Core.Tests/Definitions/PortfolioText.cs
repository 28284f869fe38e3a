using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>The text of a definition that is valid as it is, and what is wrong with others.</summary>
internal static class PortfolioText
{
    public const string Valid = """
        sync: portfolio-metrics
        list: 77
        source:
          type: csv
          path: exports/portfolio.csv
        match:
          - entryId: entry_id
        fields:
          ARR: arr_usd

        """;

    public static IReadOnlyList<Problem> Problems(string yaml) => DefinitionParser.Parse(yaml, "portfolio.yaml", Types.All).Problems;

    public static Problem Problem(string code, string yaml)
    {
        var problem = Assert.Single(Problems(yaml));
        Assert.Equal(code, problem.Code);
        return problem;
    }
}
