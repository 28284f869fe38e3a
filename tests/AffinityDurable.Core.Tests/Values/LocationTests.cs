using AffinityDurable.Core.Tests.Affinity;
using AffinityDurable.Core.Values;
using static AffinityDurable.Core.Tests.Values.ValueFixture;

namespace AffinityDurable.Core.Tests.Values;

public sealed class LocationTests
{
    private static readonly LocationValue Berlin = new(null, "Berlin", null, "Germany", null);

    [Fact]
    public void A_write_holds_all_five_keys() =>
        Assert.Equal(
            """{"type":"location","data":{"streetAddress":null,"city":"Berlin","state":null,"country":"Germany","continent":null}}""",
            Write("location", Berlin));

    [Theory]
    [InlineData("""{"city":"Berlin","country":"Germany"}""")]
    [InlineData("""{"country":" Germany ","city":"Berlin","state":"","continent":null}""")]
    public void A_JSON_object_gives_the_parts_and_a_missing_one_is_null(string text) => Assert.Equal(Berlin, Accept("location", text));

    [Theory]
    [InlineData("""{"town":"Berlin"}""")]
    [InlineData("""{"City":"Berlin"}""")]
    [InlineData("""{"city":5}""")]
    [InlineData("""{"city":"Ber""")]
    [InlineData("""{"city":"a\u0000b"}""")]
    [InlineData("Berlin, Germany")]
    public void Unknown_keys_and_plain_text_are_rejects(string text) => Assert.Equal("AFF405", Reject("location", text).Code);

    [Theory]
    [InlineData("streetAddress", "Berlin", null, null, null, null)]
    [InlineData("city", null, "Berlin", null, null, null)]
    [InlineData("state", null, null, "Berlin", null, null)]
    [InlineData("country", null, null, null, "Berlin", null)]
    [InlineData("continent", null, null, null, null, "Berlin")]
    public void A_format_names_the_one_part_that_the_column_holds(string format, string? street, string? city, string? state, string? country, string? continent)
    {
        Assert.Null(Fields.Type("location").FormatProblem(format));
        Assert.Equal(new LocationValue(street, city, state, country, continent), Accept("location", "Berlin", format));
    }

    [Fact]
    public void An_unknown_part_is_named() => Assert.Contains("'town'", Fields.Type("location").FormatProblem("town"), StringComparison.Ordinal);

    [Fact]
    public void A_location_without_parts_is_an_empty_value()
    {
        Assert.Null(Accept("location", "{}"));
        Assert.Equal(
            LiveValue.Known(null),
            Read("location", """{"streetAddress":null,"city":null,"state":null,"country":null,"continent":null}"""));
    }

    [Theory]
    [InlineData("""{"city":"Berlin"}""")]
    [InlineData("""{"streetAddress":null,"city":5,"state":null,"country":null,"continent":null}""")]
    [InlineData("\"Berlin\"")]
    public void A_live_location_of_another_shape_is_opaque(string data) => Assert.Equal(LiveState.Opaque, Read("location", data).State);

    [Fact]
    public void Several_locations_come_as_JSON_objects_or_as_one_part_each()
    {
        var cities = SetValue.Of([new LocationValue(null, "Berlin", null, null, null), new LocationValue(null, "Paris; Texas", null, null, null)]);

        Assert.Equal(cities, Accept("location-multi", """[{"city":"Berlin"},{"city":"Paris; Texas"}]"""));
        Assert.Equal(cities, Accept("location-multi", """["Berlin","Paris; Texas"]""", "city"));
        Assert.Equal(SetValue.Of([Berlin]), Accept("location-multi", """{"city":"Berlin","country":"Germany"}"""));
    }

    [Fact]
    public void A_location_is_shown_by_its_parts() => Assert.Equal("Berlin, Germany", Fields.Type("location").Render(Berlin, Context("location")));
}
