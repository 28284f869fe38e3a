using System.Reflection;

namespace AffinityDurable.Core.Errors;

/// <summary>Every <see cref="ErrorCode"/> of the product, gathered from the static classes of this namespace.</summary>
public static class ErrorCodes
{
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        .. typeof(ErrorCodes).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true, Namespace: "AffinityDurable.Core.Errors" })
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(ErrorCode))
            .Select(field => (ErrorCode)field.GetValue(null)!)
            .OrderBy(code => code.Id, StringComparer.Ordinal),
    ];

    /// <summary>The code with this id.</summary>
    /// <exception cref="KeyNotFoundException">No such code.</exception>
    public static ErrorCode Get(string id) =>
        All.FirstOrDefault(code => code.Id == id) ?? throw new KeyNotFoundException($"'{id}' is not an error code of this product.");
}
