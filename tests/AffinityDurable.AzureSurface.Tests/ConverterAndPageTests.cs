using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace AffinityDurable.AzureSurface.Tests;

public class ConverterAndPageTests
{
    [Fact]
    public void Default_converter_carries_properties_and_fields()
    {
        string json = JsonDataConverter.Default.Serialize(new Mixed { Property = 1, Field = 2 })!;
        Mixed read = JsonDataConverter.Default.Deserialize<Mixed>(json)!;

        Assert.Equal("""{"Property":1,"Field":2}""", json);
        Assert.Equal((1, 2), (read.Property, read.Field));
    }

    [Fact]
    public void Null_is_no_text_and_no_text_is_null()
    {
        Assert.Null(JsonDataConverter.Default.Serialize(null));
        Assert.Null(JsonDataConverter.Default.Deserialize<string>(null));
        Assert.Null(JsonDataConverter.Default.Deserialize<int?>(null));
    }

    [Fact]
    public void No_text_is_no_value_type() =>
        Assert.Throws<NullReferenceException>(() => JsonDataConverter.Default.Deserialize<int>(null));

    [Fact]
    public async Task Items_come_page_by_page_until_no_token_is_left()
    {
        List<string?> tokens = [];
        AsyncPageable<int> pageable = Pageable.Create<int>((token, _) =>
        {
            tokens.Add(token);
            return Task.FromResult(token is null ? new Page<int>([1, 2], "next") : new Page<int>([3]));
        });

        List<int> items = [];
        await foreach (int item in pageable)
        {
            items.Add(item);
        }

        Assert.Equal([1, 2, 3], items);
        Assert.Equal([null, "next"], tokens);
    }

    [Fact]
    public async Task Pages_may_start_at_a_token_and_carry_a_size()
    {
        AsyncPageable<string> pageable = Pageable.Create<string>((token, size, _) => Task.FromResult(new Page<string>([$"{token} {size}"])));

        await foreach (Page<string> page in pageable.AsPages("here", 25))
        {
            Assert.Equal(["here 25"], page.Values);
            Assert.Null(page.ContinuationToken);
        }
    }

    private sealed class Mixed
    {
        public int Field;

        public int Property { get; set; }
    }
}
