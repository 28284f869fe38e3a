using AffinityDurable.Core.Telemetry;

namespace AffinityDurable.Core.Tests;

public sealed class EndpointTemplateTests
{
    [Theory]
    [InlineData("https://api.affinity.co/v2/lists/77/list-entries/5/fields/field-123/values?cursor=secret", "/v2/lists/{id}/list-entries/{id}/fields/{id}/values")]
    [InlineData("https://api.affinity.co/v2/companies/search", "/v2/companies/search")]
    [InlineData("http://127.0.0.1:5000/base/v2/auth/whoami", "/v2/auth/whoami")]
    [InlineData("https://api.affinity.co/v2/field-value-changes?filter=name%3Dada", "/v2/field-value-changes")]
    [InlineData("https://api.affinity.co/v2/something-new/acornai.com", "/v2/{id}/{id}")]
    public void Nothing_but_words_of_the_API_is_told_of_an_address(string address, string template) =>
        Assert.Equal(template, EndpointTemplate.Of(new Uri(address)));
}
