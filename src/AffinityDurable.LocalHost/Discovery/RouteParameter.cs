using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Routing.Template;

namespace AffinityDurable.LocalHost.Discovery;

/// <summary>Parameters of HTTP functions that take their value from the route.</summary>
internal static class RouteParameter
{
    public static bool IsIn(string? route, string name) =>
        route is not null && TemplateParser.Parse(route).Parameters.Any(p => name.Equals(p.Name, StringComparison.OrdinalIgnoreCase));

    /// <returns>Null when the type cannot be made from text.</returns>
    public static ParameterBinder? Binder(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var name = parameter.Name!;
        if (type == typeof(string))
        {
            return invocation => Text(invocation, name);
        }

        if (type != typeof(int) && type != typeof(long) && type != typeof(Guid))
        {
            return null;
        }

        var text = TypeDescriptor.GetConverter(type);
        return invocation => Text(invocation, name) is { } value ? Parse(text, name, value) : parameter.HasDefaultValue ? parameter.DefaultValue : null;
    }

    private static string? Text(Invocation invocation, string name) =>
        invocation.Route?.TryGetValue(name, out var value) == true ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static object? Parse(TypeConverter converter, string name, string value)
    {
        try
        {
            return converter.ConvertFromInvariantString(value);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new Microsoft.AspNetCore.Http.BadHttpRequestException($"Route value '{name}' is not valid.", exception);
        }
    }
}
