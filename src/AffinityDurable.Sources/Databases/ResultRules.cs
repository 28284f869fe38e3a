using System.Data.Common;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Databases;

/// <summary>What differs from one driver to the next.</summary>
/// <param name="ColumnsOf">The columns of a result.</param>
/// <param name="Explain">What a failure of a query means.</param>
internal sealed record ResultRules(Func<DbDataReader, IReadOnlyList<ResultColumn>> ColumnsOf, Func<Exception, Problem> Explain);
