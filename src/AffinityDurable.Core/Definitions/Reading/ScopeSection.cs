using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>scope</c>.</summary>
internal static class ScopeSection
{
    public static ScopeDefinition? Read(MapReader? scope)
    {
        if (scope is null)
        {
            return null;
        }

        var definition = new ScopeDefinition
        {
            SavedView = scope.Integer("savedView", 0, 1, int.MaxValue) is var view and > 0 ? view : null,
            Where = Condition(scope.Map("where")),
            Line = scope.Line,
        };
        if (scope.Written.Entries.Count(entry => entry.Key is "savedView" or "where") != 1)
        {
            scope.Report(MatchDefinitionErrors.ScopeIncomplete, "'scope' needs exactly one of savedView and where.", scope.Written);
        }

        scope.Close();
        return definition;
    }

    private static ScopeCondition? Condition(MapReader? where)
    {
        if (where is null)
        {
            return null;
        }

        var condition = new ScopeCondition(where.Text("field", required: true)?.Value.Trim() ?? "")
        {
            Is = TextList.Read(where, "is"),
            IsNot = TextList.Read(where, "isNot"),
            IsEmpty = where.Node("isEmpty") is null ? null : where.Flag("isEmpty", otherwise: true),
            Line = where.Line,
        };
        if (where.Written.Entries.Count(entry => entry.Key is "is" or "isNot" or "isEmpty") != 1)
        {
            where.Report(MatchDefinitionErrors.ScopeIncomplete, "'scope.where' needs exactly one of is, isNot and isEmpty.", where.Written);
        }

        where.Close();
        return condition;
    }
}
